"""A query that found nothing, fit to be kept: its words, and nothing that could name a person or open a door."""

import re

from papers.identifiers import normalise_arxiv_id

MAX_LENGTH = 200
# Of the file that collects them; an hour of a crawler must not fill a disk.
MAX_FILE = 1_000_000
_ADDRESS = re.compile(r"\S*@\S*")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Telephone, card and account numbers, also written with signs in between; years and model sizes are shorter.
_NUMBER = re.compile(r"(?<!\w)\+?\(?[0-9](?:[ ().\-/]{0,3}[0-9]){5,}(?!\w)")
# What nobody types: keys, hashes, tokens. The longest words of the field stay below.
_TOKEN = re.compile(r"[^\s-]{25,}|\b(?=[a-zA-Z_-]*[0-9])(?=[0-9_-]*[a-zA-Z])[\w-]{16,}\b")


def clean_query(text: str) -> str:
    """One line of at most 200 characters without e-mail addresses, web addresses, long numbers and secrets.

    Empty if nothing is left. An arXiv id stays: ``2408.16357`` says which paper is missing.
    """
    text = "".join(character if character.isprintable() else " " for character in text)
    for kind in (_ADDRESS, _WEB, _TOKEN):
        text = kind.sub(" ", text)
    text = _NUMBER.sub(lambda match: match[0] if _is_arxiv_id(match[0]) else " ", text)
    return " ".join(text.split())[:MAX_LENGTH].strip()


def _is_arxiv_id(text: str) -> bool:
    return re.fullmatch(r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}", text) is not None and bool(
        normalise_arxiv_id(text)
    )
