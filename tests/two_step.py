"""An authenticator app of our own, after RFC 6238: what the site's codes are compared with."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

SECRET = base64.b32encode(b"twenty bytes, secret").decode()


def code_at(secret, moment=None):
    """The six digits an app with this secret shows now, or at a moment in seconds."""
    counter = struct.pack(">Q", int(time.time() if moment is None else moment) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def set_up(user):
    """Give ``user`` an app and ten recovery codes; answers the app's secret."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    RecoveryCodes.activate(user)
    return SECRET


def recovery_codes(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
