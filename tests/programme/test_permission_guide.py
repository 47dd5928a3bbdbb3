"""Who may do what, in words: nothing is left out, and every refusal says who could."""

import pytest

from programme import permission_guide
from programme.actors import PUBLIC
from programme.errors import NotAllowed
from programme.permission_words import PERMISSION_WORDS
from programme.permissions import GRANTS, ROLE_WORDS, SYSTEM_PERMISSIONS, Permission, require


def test_every_permission_has_words_and_no_words_are_left_over() -> None:
    assert set(PERMISSION_WORDS) == {permission.value for permission in Permission}


def test_the_page_has_a_line_for_every_grant() -> None:
    lines = [line for _, section in permission_guide.sections() for line in section]
    assert len(lines) == len(GRANTS) + len(SYSTEM_PERMISSIONS)
    assert {line.permission for line in lines} == set(PERMISSION_WORDS)


@pytest.mark.parametrize("permission", Permission)
def test_every_refusal_says_what_was_refused_and_who_could_do_it(permission: Permission) -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(PUBLIC, permission)
    who = [ROLE_WORDS[grant.role] for grant in GRANTS if grant.permission is permission]
    assert PERMISSION_WORDS[permission] in refusal.value.message
    assert all(words in refusal.value.message for words in who or ["the programme itself"])
