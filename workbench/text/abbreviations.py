"""Words that tell a full stop that ends a sentence from one that does not.

Spelt as they stand before the full stop, without it. Capitals count: "Sat." is a day, "sat." a verb.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER_LAST = _set(
    """
    Mr Mrs Ms Mx Dr Prof Messrs Mme Mlle Gen Sen Sens Rep Reps Gov Lt Col Sgt Capt Maj Cmdr Adm Brig Cpl
    Rev Hon Pres Amb Supt Insp St Mt Ft Mgr Fr Sr Sra vs v cf viz e.g i.e eg ie ca al
    """
)
"""A sentence never ends after these: a name, or what is compared, must follow."""

BEFORE_NUMBERS = _set(
    """
    No Nos no nos Nr Fig Figs fig figs Vol vol Art art Sec sec Ch ch Chap chap p pp P Pp para Para Eq eq Tab
    Ex approx Res
    """
)
"""Before a digit these go on; before a word they are ordinary words ("He said no. Then …")."""

_MONTHS_AND_DAYS = _set(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"
)

MAY_BE_LAST = _MONTHS_AND_DAYS | _set(
    """
    Inc Corp Co Cos Ltd Bros Jr etc Etc Ave Blvd Rd Dept Univ Assn Intl Govt Est
    Ala Ariz Calif Conn Fla Ill Mass Mich Minn Okla Ore Pa Penn Tenn Tex Va Wash Wis
    """
)
"""After these a sentence ends only where one of STARTERS follows."""

AFTER_CLOCK = _MONTHS_AND_DAYS | _set(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December
    Eastern Central Pacific Mountain Hanoi Beijing
    """
)
"""What may follow "p.m." in the same sentence, besides the capitals of a time zone."""

STARTERS = _set(
    """
    A According Additionally After All Also Although Among An And Another Any As At Because Before Both But By
    Despite During Each Earlier Even Every Few Finally First For From Furthermore He Hence Her Here His How
    However I If In Indeed Instead It Its Last Later Many Meanwhile More Moreover Most Much My Nevertheless No
    Nonetheless Nor Not Now On Once Only Or Other Others Our Over Please Second Several She Similarly Since So
    Some Still Such That The Their Then There Therefore These They This Those Though Through Thus To Today Two
    Under Unless Unlike Until We What When Where Whether Which While Who Why With Without Yes Yet You Your
    """
)
"""Words that hardly stand in capitals but at the start of a sentence."""
