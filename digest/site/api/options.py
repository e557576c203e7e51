"""What Django, REST framework and drf-spectacular are told about the readers' API that no operator chooses.

Names only: read by the settings before the apps are loaded. The views name their own classes, so the editors' API
(digest/desk/api/) is not touched by any of this.
"""

API_APPS = ["drf_spectacular", "drf_spectacular_sidecar"]
SPECTACULAR_SETTINGS = {
    "TITLE": "Naranhi",
    "VERSION": "1",
    "DESCRIPTION": (
        "Everything readers see, as JSON: digests, entries, papers, authors, tags, notes in Korean and English. Read-only, "
        "without sign-in, the same for everyone. Lists are pages; `next` is the address of the following one. A parameter "
        "that is unknown, given twice or no value is refused with 400. Errors are `application/problem+json` in English "
        "and Korean. Abstracts belong to their authors and the notes to those who wrote them."
    ),
    "PREPROCESSING_HOOKS": ["digest.site.api.schema.readers_only"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "digest.site.api.schema.without_read_only",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "Language": ["ko", "en"],
        "Kind": "papers.models.Paper.Kind",
        "Field": ["note", "abstract"],
    },
    "TAGS": [
        {"name": "content", "description": "What is written, and about what."},
        {"name": "overview", "description": "Where to begin, what is frequent, what is found."},
    ],
}
