"""A vault for one request that asks for the same file again and again: it is read once."""

from collections.abc import Mapping
from typing import LiteralString

from shared.vault.person_file import PersonErased, PersonFile
from shared.vault.vault import Vault


class RememberingVault(Vault):
    """Gives up with its request: what is erased meanwhile is still shown to that one."""

    def __init__(self, vault: Vault) -> None:
        """Reads by the vault of the process."""
        self._pool, self._wrapping = vault._pool, vault._wrapping  # noqa: SLF001 - one of its kind
        self._known: dict[tuple[object, ...], PersonFile | PersonErased | None] = {}

    async def file_found_by(
        self, scope: str, query: LiteralString, named: Mapping[str, object]
    ) -> PersonFile | None:
        """As the vault of the process found it first."""
        asked = (scope, query, *sorted(named.items()))
        if asked not in self._known:
            try:
                self._known[asked] = await super().file_found_by(scope, query, named)
            except PersonErased as erased:
                self._known[asked] = erased
        found = self._known[asked]
        if isinstance(found, PersonErased):
            raise found
        return found
