"""Authentication and authorisation: tokens of an OpenID Connect issuer, actors, and gates.

Authorization: Bearer … ─► Verifier (signature, issuer, audience, times) ─► Actor ─► Gate (role, township)
"""

from shared.identity.actor import Actor, Role
from shared.identity.gate import Authenticated, requires
from shared.identity.settings import OidcSettings
from shared.identity.tokens import Verifier

__all__ = ["Actor", "Authenticated", "OidcSettings", "Role", "Verifier", "requires"]
