"""When the certificate ends under which the issuer was last reached."""

import ssl

import httpx

from shared.metrics import ISSUER_CERTIFICATE_ENDS


def note_certificate(response: httpx.Response) -> None:
    """Keep it for who watches; nothing where the answer came without TLS."""
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("ssl_object") if stream is not None else None
    shown = connection.getpeercert() if connection is not None else None
    if shown and "notAfter" in shown:
        ISSUER_CERTIFICATE_ENDS.set(ssl.cert_time_to_seconds(str(shown["notAfter"])))
