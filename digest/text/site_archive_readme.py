"""README.txt of an archive: what it is, in both languages. Pure."""

import datetime
from collections.abc import Mapping

_KO = """\
{name} ({url})의 공개 기록 전체
{rule}

이 파일 하나에 독자에게 공개된 모든 다이제스트가 들어 있습니다. 초안, 예약된 글, 내린 글은 들어 있지 않습니다.
마지막 변경: {changed} (UTC). 형식: naranhi-archive {version}.

권리: 프로그램은 MIT 라이선스의 자유 소프트웨어입니다. 초록은 논문 저자에게, 노트는 쓴 사람에게 권리가 있습니다.

seeds/           다이제스트마다 하나씩인 텍스트 파일. manage.py import_seeds가 그대로 읽습니다.
digests.jsonl    다이제스트 {digests}개: 날짜, 공개 기간, seeds/ 안의 파일 이름
entries.jsonl    항목 {entries}개: 번호, 날짜, 순서, 논문, 태그, 공개된 노트(ko, en)
papers.jsonl     논문 {papers}편: 제목과 초록(TeX 그대로), 식별자, 링크, 인쇄된 순서와 이름의 저자
authors.jsonl    저자 {authors}명. 같은 이름의 다른 사람은 homonym 번호로 구별합니다.
tags.jsonl       태그 {tags}개: 주소, 이름, 한국어 이름, 설명, 이 태그로 이어지는 옛 주소
related.jsonl    함께 읽을 논문 목록이 있는 논문 {related}편
search_terms.jsonl  검색에서 서로를 찾는 말 {search_terms}묶음
papers.bib       모든 논문의 BibTeX
entries.csv      모든 항목의 표(UTF-8, BOM). 수식으로 읽힐 칸은 작은따옴표(')로 시작합니다.
archive.json     형식과 판, 사이트, 개수
SHA256SUMS       모든 파일의 검사합: sha256sum -c SHA256SUMS

.jsonl은 한 줄이 JSON 객체 하나이고, UTF-8이며, 시각은 UTC입니다. 새 사이트로 되돌리기: manage.py import_site 이-파일.zip
"""

_EN = """\
All that is public at {name} ({url})
{rule}

This one file holds every digest that readers can see. Drafts, scheduled and withdrawn texts are not in it.
Last change: {changed} (UTC). Format: naranhi-archive {version}.

Rights: the program is free software under the MIT licence. Abstracts belong to their authors and the notes to those
who wrote them.

seeds/           a text file for each digest; manage.py import_seeds reads them as they are
digests.jsonl    {digests} digests: date, publication window, name of the file in seeds/
entries.jsonl    {entries} entries: number, date, position, paper, tags, published notes (ko, en)
papers.jsonl     {papers} papers: title and abstract (TeX as it stands), identifiers, links, authors as printed, in order
authors.jsonl    {authors} authors; different people of one name are told apart by their homonym number
tags.jsonl       {tags} tags: address, name, Korean name, description, old addresses that lead to it
related.jsonl    {related} papers that have papers to read beside them
search_terms.jsonl  {search_terms} groups of words that find each other in a search
papers.bib       all papers as BibTeX
entries.csv      all entries as a table (UTF-8, BOM); cells that could be read as a formula begin with an apostrophe
archive.json     format and version, site, counts
SHA256SUMS       checksums of all files: sha256sum -c SHA256SUMS

In a .jsonl file each line is one JSON object, in UTF-8; times are UTC. To restore a site: manage.py import_site THIS.zip
"""


def readme(
    *, name: str, url: str, version: int, changed: datetime.datetime, counts: Mapping[str, int]
) -> str:
    """The text of README.txt. It says the moment of the last change, never that of the export."""
    said = {"name": name, "url": url, "version": version, "rule": "=" * 72}
    said["changed"] = changed.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M")
    return "\n\n".join(text.format(**said, **counts) for text in (_KO, _EN))
