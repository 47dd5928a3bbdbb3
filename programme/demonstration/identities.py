"""The invented people whom a visitor to a demonstration can sign in as, one for each role or more."""

from dataclasses import dataclass

from db.models.users import Role


@dataclass(frozen=True, slots=True)
class Identity:
    """An invented person: where they belong (a key of the demonstration's organisations) and what they can do."""

    email: str
    name: str
    role: Role
    label: str
    group: str
    can_do: str
    organisation: str | None = None


PEOPLE, HOSTS, MANAGERS, TEAM = "Applicants", "Hosts", "Line managers", "Programme team"

IDENTITIES: tuple[Identity, ...] = (
    Identity("amara.osei@department.example", "Amara Osei", Role.APPLICANT, "Civil servant", PEOPLE,
             "Sees ranked charity placements, applies and asks for release.", "homes"),
    Identity("leila.haddad@charity.example", "Leila Haddad", Role.APPLICANT, "Charity worker", PEOPLE,
             "Sees ranked government placements, applies and asks for release.", "opengate"),
    Identity("daniel.okafor@charity.example", "Daniel Okafor", Role.HOST, "Host at a charity", HOSTS,
             "Posts offers for civil servants, assesses without names and chooses.", "lantern"),
    Identity("priya.nair@department.example", "Priya Nair", Role.HOST, "Host at a department", HOSTS,
             "Posts offers for charity workers, assesses without names and chooses.", "homes"),
    Identity("gareth.pritchard@department.example", "Gareth Pritchard", Role.LINE_MANAGER,
             "Line manager in government", MANAGERS, "Releases or keeps civil servants in the team.", "homes"),
    Identity("moira.campbell@charity.example", "Moira Campbell", Role.LINE_MANAGER,
             "Line manager in a charity", MANAGERS, "Releases or keeps charity workers in the team.", "opengate"),
    Identity("rosalind.achebe@programme.example", "Rosalind Achebe", Role.PROGRAMME_MANAGER,
             "Programme manager", TEAM, "Checks offers, runs rounds and approves matches one by one."),
    Identity("tom.bellamy@department.example", "Tom Bellamy", Role.PROGRAMME_MANAGER,
             "Programme manager from a department", TEAM,
             "The same, but is refused wherever the department is a party.", "homes"),
    Identity("wen.zhang@programme.example", "Wen Zhang", Role.HR_APPROVER, "HR approver", TEAM,
             "Passes or returns the HR approval."),
    Identity("fiona.macrae@programme.example", "Fiona Macrae", Role.FINANCE_APPROVER, "Finance approver", TEAM,
             "Passes or returns the finance approval and records the VAT treatment."),
    Identity("idris.bowen@programme.example", "Idris Bowen", Role.SECURITY_APPROVER, "Security approver", TEAM,
             "Passes or returns the security approval and records vetting."),
    Identity("helena.kowalski@programme.example", "Helena Kowalski", Role.PROPRIETY_APPROVER,
             "Propriety approver", TEAM, "Passes or returns the propriety approval."),
    Identity("joseph.adeyemi@programme.example", "Joseph Adeyemi", Role.EQUALITY_ANALYST, "Equality analyst", TEAM,
             "Reads outcomes in aggregate, never a person's."),
    Identity("sunita.rao@programme.example", "Sunita Rao", Role.ADJUSTMENTS_CONTACT, "Adjustments contact", TEAM,
             "Arranges support for placements."),
    Identity("ewan.fraser@programme.example", "Ewan Fraser", Role.AUDITOR, "Auditor", TEAM,
             "Reads the audit trail and the outcomes, and changes nothing."),
)  # fmt: skip


def identities() -> tuple[Identity, ...]:
    """Every demonstration identity, in the order in which a page should offer them."""
    return IDENTITIES
