"""Words that name a protected characteristic and say nothing of a mission, a skill or a level.

They name race, religion or belief, sex, sexual orientation, gender reassignment and marriage (Equality
Act 2010, section 4). Words of age, disability and maternity stay readable: "early years", "sight loss"
and "midwife" are what whole missions are about.
"""

from __future__ import annotations

_WORDS = """
    african afghan arab asian bame bangladeshi bengali black brown caribbean chinese english ethnic
    ethnicity european filipino ghanaian gypsy indian iranian iraqi irish jamaican kurdish nigerian
    pakistani polish punjabi race racial roma romanian scottish somali sudanese syrian tamil traveller
    travellers turkish ukrainian vietnamese welsh white
    anglican atheist baptist bible buddhist catholic christ christian christians christianity church
    churches diocesan diocese ecclesiastical faith god gospel gurdwara hindu humanist islam islamic jesus
    jew jewish jews judaism methodist mosque muslim muslims parish parochial pentecostal presbyterian
    protestant quaker rabbi religion religious secular sikh sikhs synagogue temple
    bisexual boy boys brother female females father fathers gay gender girl girls heterosexual husband
    ladies lady lesbian lgbt lgbtq lgbtqi male males man married men mother mothers queer sex sister
    sisters spinster trans transgender unmarried widow widower widowers widows wife wives woman women
"""

PROTECTED_WORDS = frozenset(_WORDS.split())

_NAMING = """
    dame dr lady lord miss mr mrs ms mx rev reverend sir
    andrew ann charles elizabeth george jack james john joseph martin mary matthew michael mohammed muhammad
    paul peter smith thomas
"""

UNREAD_WORDS = PROTECTED_WORDS | frozenset(_NAMING.split())
"""What the score does not read in texts: the words above, forms of address, and every common first name or
surname that the map of words knows and that means nothing else. Pronouns are in no map."""
