"""The entries whose pages cost most: the ones that lists of a few rows never show."""

from django.db.models import Count, F

from digest.editing.relating import relate_papers
from digest.models import Entry, Reference
from papers.models import Paper


def hardest_entries(count=1):
    """Entries of the fullest digest, month and tag, of the longest byline and of the busiest people, and the newest."""
    public = Entry.objects.published()
    found = []
    for path in ("digest", "tagged_entries__tag", "paper__authorships__author", "paper"):
        busiest = public.exclude(**{path: None}).values(key=F(path)).annotate(size=Count("pk", distinct=True))
        for row in busiest.order_by("-size", "key")[:count]:
            order = "paper__authorships__position" if "author" in path else "tagged_entries__pk"
            found.append(public.filter(**{path: row["key"]}).order_by(order, "pk").first().pk)
    found += most(public.annotate(size=Count("notes__live__references")), count)
    long = Paper.objects.annotate(size=Count("authorships")).order_by("-size", "pk")[:count]
    found += public.filter(paper__in=list(long)).values_list("pk", flat=True)
    found += public.order_by("-order_key").values_list("pk", flat=True)[:count]
    found += public.filter(notes__language="en").order_by("-order_key").values_list("pk", flat=True)[:count]
    return list(public.filter(pk__in=found).select_related("digest", "paper").order_by("-order_key"))


def most(entries, count):
    return entries.order_by("-size", "pk").values_list("pk", flat=True)[:count]


def complete_papers():
    """What an import leaves out: arXiv ids, which no seed gives, and what they change about the hardest entries' relations.

    The hardest entries get the ids that notes cite most, so that their pages have mentions to show.
    """
    hardest = [entry.paper_id for entry in hardest_entries()]
    cited = Reference.objects.published().exclude(arxiv_id="").values_list("arxiv_id")
    ids = [row[0] for row in cited.annotate(times=Count("pk")).order_by("-times", "arxiv_id")]
    ids += [f"{1401 + number // 9_000}.{number % 9_000:04d}" for number in range(Paper.objects.count())]
    papers = sorted(
        Paper.objects.filter(arxiv_id=None), key=lambda paper: (paper.pk not in hardest, paper.pk)
    )
    for paper, arxiv_id in zip(papers, dict.fromkeys(ids), strict=False):
        paper.arxiv_id = arxiv_id
    Paper.objects.bulk_update(papers, ["arxiv_id"], batch_size=500)
    relate_papers(hardest)
