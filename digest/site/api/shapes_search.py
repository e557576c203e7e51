"""What the search answers, for the OpenAPI document; ``search`` puts it together."""

from rest_framework import serializers

from digest.text.languages import LANGUAGES


class MarkedTextSerializer(serializers.Serializer):
    """Plain text, and the [start, end) of each hit in it, counted in code points."""

    text = serializers.CharField(allow_blank=True)
    marks = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    )


class SnippetSerializer(MarkedTextSerializer):
    """Words of a note or an abstract in which something was found."""

    field = serializers.ChoiceField(choices=["note", "abstract"])
    language = serializers.ChoiceField(choices=LANGUAGES)


class FoundPaperSerializer(serializers.Serializer):
    """The paper of a result."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    arxiv_id = serializers.CharField(allow_null=True)
    authors = serializers.ListField(child=serializers.CharField())


class FoundSerializer(serializers.Serializer):
    """One result: an entry. ``title`` is marked where a word of it was found, else null."""

    date = serializers.DateField()
    position = serializers.IntegerField()
    digest_url = serializers.URLField()
    url = serializers.URLField()
    paper = FoundPaperSerializer()
    tags = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.ChoiceField(choices=LANGUAGES))
    title = MarkedTextSerializer(allow_null=True)
    snippets = SnippetSerializer(many=True)


class FacetChoiceSerializer(serializers.Serializer):
    """A value to narrow by, and how many entries it leaves."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    chosen = serializers.BooleanField()


class FacetsSerializer(serializers.Serializer):
    """What the results can be narrowed by; those the text itself narrows are left out."""

    tags = FacetChoiceSerializer(many=True, required=False)
    years = FacetChoiceSerializer(many=True, required=False)
    authors = FacetChoiceSerializer(many=True, required=False)
    languages = FacetChoiceSerializer(many=True, required=False)


class ExpansionSerializer(serializers.Serializer):
    """A search term that was widened, and its other forms."""

    typed = serializers.CharField()
    also = serializers.ListField(child=serializers.CharField())


class SearchSerializer(serializers.Serializer):
    """A page of results. ``capped``: there are more than ``total``. ``index``: ``plain`` while no index can answer."""

    query = serializers.DictField(child=serializers.CharField())
    total = serializers.IntegerField()
    capped = serializers.BooleanField()
    index = serializers.ChoiceField(choices=["ready", "plain"])
    did_you_mean = serializers.CharField(allow_null=True)
    expanded = ExpansionSerializer(many=True)
    page = serializers.IntegerField()
    page_size = serializers.IntegerField()
    pages = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    facets = FacetsSerializer()
    results = FoundSerializer(many=True)
