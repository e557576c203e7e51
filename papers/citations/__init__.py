"""A paper for other people's reference lists, in the formats their programs read. Pure: no Django."""

from papers.citations.bibtex import bibtex, citation_key
from papers.citations.csl import csl_item, csl_json
from papers.citations.embedded import coins, head_metas
from papers.citations.files import DEFAULT_STYLE, FORMATS, Form, form_of, write_file
from papers.citations.ris import ris
from papers.citations.styles import STYLES, apa, chicago, ieee
from papers.citations.work import Work
from papers.citations.zotero import zotero_rdf

__all__ = [
    "DEFAULT_STYLE",
    "FORMATS",
    "STYLES",
    "Form",
    "Work",
    "apa",
    "bibtex",
    "chicago",
    "citation_key",
    "coins",
    "csl_item",
    "csl_json",
    "form_of",
    "head_metas",
    "ieee",
    "ris",
    "write_file",
    "zotero_rdf",
]
