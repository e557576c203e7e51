"""A page as a browser sees it: its forms with what they would post, and its text."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Collects every form's action, and the name and value of each control that a browser would send."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.inline = []
        self._textarea = self._select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.inline += [(tag, name) for name in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attrs):
            self.inline.append((tag, attrs.get("type")))
        if tag == "form":
            self.forms.append({"id": attrs.get("id"), "action": attrs.get("action", ""), "data": {}})
        elif not self.forms or "disabled" in attrs:
            return
        elif tag == "input":
            self._input(attrs)
        elif tag == "textarea":
            self._textarea = attrs.get("name")
            self._put(self._textarea, "")
        elif tag == "select":
            self._select = attrs.get("name")
        elif tag == "option" and self._select and "selected" in attrs:
            self._put(self._select, attrs.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._textarea:
            values = self.forms[-1]["data"]
            values[self._textarea] += data

    def _input(self, attrs):
        kind = attrs.get("type", "text")
        if kind in ("submit", "button", "reset", "image", "file"):
            return
        if kind in ("checkbox", "radio") and "checked" not in attrs:
            return
        self._put(attrs.get("name"), attrs.get("value", "on" if kind == "checkbox" else ""))

    def _put(self, name, value):
        if name:
            self.forms[-1]["data"][name] = value


def read_forms(response):
    """All forms of a page, in order."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


def form_data(response, form):
    """What a browser would post from the form with this id, or whose action ends so: CRLF, first newline dropped."""
    found = [
        f for f in read_forms(response) if f["id"] == form or (f["action"] and f["action"].endswith(form))
    ]
    assert found, [f["action"] or f["id"] for f in read_forms(response)]
    data = {name: _as_posted(value) for name, value in found[0]["data"].items()}
    data.pop("csrfmiddlewaretoken", None)
    return data


def _as_posted(value):
    value = value.replace("\r\n", "\n")
    return value.removeprefix("\n").replace("\n", "\r\n")


def inline_code(response):
    """Inline scripts, styles and event handlers, which the Content-Security-Policy would block."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.inline


def message_texts(response):
    """The messages that the page shows."""
    return [str(message) for message in response.context["messages"]]
