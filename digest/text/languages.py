"""The two languages a note can be written in, and telling them apart."""

import re

KO = "ko"
EN = "en"
LANGUAGES = (KO, EN)

# Syllables, jamo and compatibility jamo: any of them makes a line Korean. On this corpus, where Korean
# notes are full of English terms, the rule is as good as any language detector.
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


def has_hangul(text: str) -> bool:
    """True if ``text`` holds at least one Hangul letter or syllable."""
    return _HANGUL.search(text) is not None


def language_of(text: str) -> str:
    """``"ko"`` if the text holds any Hangul, else ``"en"``."""
    return KO if has_hangul(text) else EN


def other_language(language: str) -> str:
    """The language facing ``language``. Raises ValueError for an unknown one."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
    return EN if language == KO else KO
