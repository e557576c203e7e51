"""The Content-Security-Policy of every page, for settings: no operator chooses it. No inline script, no other origin."""

# The names are Django 6's own, so that our middleware can go when the site moves there.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "manifest-src": ["'self'"],
    # The service worker, said outright: not every browser falls back from here to script-src.
    "worker-src": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
