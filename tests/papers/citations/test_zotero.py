"""Zotero RDF: element by element, by a real RDF parser, and as Zotero reads it."""

from xml.etree import ElementTree

import pytest

from papers.citations import form_of, write_file, zotero_rdf
from papers.citations.zotero import HEAD, TAIL, zotero_note
from tests.papers.citations.works import TEXTS, all_works, work
from tests.zotero import NAMES, RDF, Z, read_rdf

KUN_XU = work(
    r"Pyramidal $x^2$ Flow",
    ["Yang Jin", "Kun Xu", "Kun Xu", "Gemini Team"],
    arxiv_id="2410.05954",
    abstract=r"A \emph{video} & more.",
    tags=("flow", "비디오-생성"),
    notes=("<p>한국어 노트</p>", "<p>The <em>note</em> & more</p>"),
)


def rdf(*works):
    return "".join(write_file(form_of("rdf"), [list(works)]))


def tree(node):
    """A node as nested tuples: name, attributes, text, children."""
    return (node.tag, dict(node.attrib), (node.text or "").strip(), [tree(child) for child in node])


def element(name, text="", *children, **attributes):
    prefix, local = name.split(":")
    return (
        f"{{{NAMES[prefix]}}}{local}",
        {f"{{{RDF}}}{key}": value for key, value in attributes.items()},
        text,
        list(children),
    )


def person(given, family):
    parts = [element("foaf:surname", family)] + ([element("foaf:givenName", given)] if given else [])
    return element("rdf:li", "", element("foaf:Person", "", *parts))


def test_a_preprint_element_by_element():
    people = [person("Yang", "Jin"), person("Kun", "Xu"), person("Kun", "Xu"), person("", "Gemini Team")]
    uri = element("dcterms:URI", "", element("rdf:value", "https://arxiv.org/abs/2410.05954"))
    assert [tree(node) for node in ElementTree.fromstring(rdf(KUN_XU))] == [
        element(
            "rdf:Description",
            "",
            element("z:itemType", "preprint"),
            element("bib:authors", "", element("rdf:Seq", "", *people)),
            element("dcterms:isReferencedBy", resource="#paper-12-note-1"),
            element("dcterms:isReferencedBy", resource="#paper-12-note-2"),
            element("dc:subject", "flow"),
            element("dc:subject", "비디오-생성"),
            element("dc:title", "Pyramidal x² Flow"),
            element("dcterms:abstract", "A video & more."),
            element("dc:date", "2024-10"),
            element("z:language", "en"),
            element("z:repository", "arXiv"),
            element("z:archiveID", "arXiv:2410.05954"),
            element("dc:identifier", "DOI 10.48550/arXiv.2410.05954"),
            element("dc:identifier", "", uri),
            about="#paper-12",
        ),
        element("bib:Memo", "", element("rdf:value", "<p>한국어 노트</p>"), about="#paper-12-note-1"),
        element(
            "bib:Memo", "", element("rdf:value", "<p>The <em>note</em> & more</p>"), about="#paper-12-note-2"
        ),
    ]


def test_it_says_only_what_is_known():
    (node,) = ElementTree.fromstring(rdf(work("Hello", kind="post", url="https://a.example/?a=1&b=2")))
    uri = element("dcterms:URI", "", element("rdf:value", "https://a.example/?a=1&b=2"))
    assert tree(node) == element(
        "rdf:Description",
        "",
        element("z:itemType", "blogPost"),
        element("dc:title", "Hello"),
        element("z:language", "en"),
        element("dc:identifier", "", uri),
        about="#paper-12",
    )


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("paper", "preprint"), ("post", "blogPost"), ("release", "webpage"), ("other", "document")],
)
def test_types(kind, type_):
    assert read_rdf(rdf(work(kind=kind)))[0]["itemType"] == type_


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_it_holds_it_is_well_formed(text):
    cited = work(
        f"{text} x", [text, "Kun Xu", "Kun Xu"], abstract=text, tags=(text,), notes=(text,), url=text
    )
    (item,) = read_rdf(HEAD + zotero_rdf(cited) + TAIL)
    assert item["title"] == cited.plain_title
    assert item["creators"][1:] == [("Kun", "Xu")] * 2
    assert len(item["notes"]) == 1


def test_a_file_has_an_item_for_each_work_with_every_name_in_order():
    works = all_works()
    items = read_rdf(rdf(*works))
    assert len(items) == len(works)
    for cited, item in zip(works, items, strict=True):
        assert item["creators"] == [tuple(name) for name in cited.people]
        assert (item["title"], item.get("abstractNote", "")) == (cited.plain_title, cited.plain_abstract)
        assert (item.get("DOI", ""), item.get("url", "")) == (cited.any_doi, cited.address)
        assert len(item["notes"]) == len(cited.notes)


def test_two_works_at_one_address_are_two_items():
    items = read_rdf(
        rdf(work("One", pk=1, url="https://a.example"), work("Two", pk=2, url="https://a.example"))
    )
    assert [item["title"] for item in items] == ["One", "Two"]


def test_an_rdf_parser_finds_items_and_notes():
    rdflib = pytest.importorskip("rdflib")
    works = all_works()
    graph = rdflib.Graph().parse(data=rdf(*works), format="xml", publicID="https://a.example/cite.rdf")
    assert len(set(graph.subjects(rdflib.URIRef(f"{Z}itemType")))) == len(works)
    memo, about = rdflib.URIRef(f"{NAMES['bib']}Memo"), rdflib.URIRef(f"{NAMES['dcterms']}isReferencedBy")
    memos = set(graph.subjects(rdflib.RDF.type, memo))
    assert len(memos) == sum(len(cited.notes) for cited in works)
    assert memos == set(graph.objects(None, about))
    sequence = graph.value(
        rdflib.URIRef("https://a.example/cite.rdf#paper-2001"), rdflib.URIRef(f"{NAMES['bib']}authors")
    )
    surname = rdflib.URIRef(f"{NAMES['foaf']}surname")
    places = [graph.value(sequence, rdflib.URIRef(f"{RDF}_{place}")) for place in range(1, 195)]
    assert [str(graph.value(one, surname)) for one in places] == [f"Family{n}" for n in range(194)]


def test_formulas_are_the_tex_that_zotero_draws():
    one = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">{}</annotation></semantics></math>'
    two = one.replace("<math>", '<math display="block">')
    html = f"<p>a {one} b {two} c</p>".format("x&lt;1", r"\frac12")
    assert zotero_note(html) == (
        r'<p>a <span class="math">$x&lt;1$</span> b <span class="math">$\frac12$</span> c</p>'
    )
    assert zotero_note("<math><mi>x</mi></math>") == "<math><mi>x</mi></math>"
