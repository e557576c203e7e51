"""CSL-JSON: what citeproc, pandoc and Zotero read. https://docs.citationstyles.org/"""

import json
from typing import Any

from papers.citations.bibtex import citation_key
from papers.citations.work import Name, Work, one_line

# CSL calls a preprint an article.
_TYPES = {"paper": "article", "post": "post-weblog", "release": "webpage"}


def csl_item(work: Work) -> dict[str, Any]:
    """One item of a CSL-JSON list."""
    item: dict[str, Any] = {
        "id": citation_key(work),
        "type": _TYPES.get(work.kind, "document"),
        "title": work.plain_title,
        "author": [_person(name) for name in work.people],
    }
    if work.date:
        item["issued"] = {"date-parts": [[int(part) for part in work.date]]}
    if work.arxiv_id:
        item |= {"publisher": "arXiv", "number": f"arXiv:{work.arxiv_id}"}
    item |= {
        "DOI": work.any_doi,
        "URL": work.address,
        "language": work.language,
        "keyword": ", ".join(map(one_line, work.tags)),
        "abstract": work.plain_abstract,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(work: Work) -> str:
    """The item as one line of JSON."""
    return json.dumps(csl_item(work), ensure_ascii=False)


def _person(name: Name) -> dict[str, str]:
    """``literal`` is for names that have no parts."""
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
