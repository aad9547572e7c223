-- Sent behind an append, which holds the ledger's lock: no other append to this ledger can come
-- between this check and the commit. A stream that has moved on since it was read fails the
-- transaction, so that the append is undone; whoever appends decides again on the newer streams.
--
-- `p_versions` is a JSON object: stream id -> the version that was read, 0 for one not begun.
create function ledger_require_versions_v1(p_division text, p_versions json) returns void
-- as in ledger_append_v1: only the stream's own index gives its versions in order
set enable_sort = off
language plpgsql as $$
begin
    perform 1
       from json_each_text(p_versions) as read (stream_id, version)
      where read.version::integer <> coalesce(
            (select e.version from event e
              where e.division_code = p_division and e.stream_id = read.stream_id
              order by e.version desc limit 1), 0);
    if found then
        raise exception 'a stream that was looked up has moved on'
            using errcode = 'serialization_failure';
    end if;
end $$;
select concord_allow('ledger_require_versions_v1(text,json)');
