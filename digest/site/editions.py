"""The three editions of every page: both languages, Korean, English. The path alone chooses."""

from dataclasses import dataclass

from django.http import HttpRequest

from digest.text.languages import EN, KO, LANGUAGES


@dataclass(frozen=True, slots=True)
class Edition:
    """``namespace`` is its instance of the site's URLconf; ``interface`` the language around the notes."""

    namespace: str
    home: str
    languages: tuple[str, ...]
    interface: str
    hreflang: str

    @property
    def both(self) -> bool:
        return len(self.languages) > 1


BOTH = Edition("site", "/", LANGUAGES, KO, "x-default")
KOREAN = Edition("ko", "/ko/", (KO,), KO, KO)
ENGLISH = Edition("en", "/en/", (EN,), EN, EN)
# In the order of the switch: the page with both stands between the two.
EDITIONS = (KOREAN, BOTH, ENGLISH)


def edition_of(request: HttpRequest) -> Edition:
    """The edition an address belongs to, also where no page answers to it."""
    for edition in (KOREAN, ENGLISH):
        if request.path_info.startswith(edition.home):
            return edition
    return BOTH
