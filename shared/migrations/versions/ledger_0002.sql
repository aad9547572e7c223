-- What ledger_append_v1 does, for exactly one event: nearly every command appends one, and for one
-- a third of the database's work was parsing JSON and starting statements made for sets. The two
-- give the same outcomes, leave the same rows and exclude each other by the same lock, so that
-- either may be called for either; many events, and none, go by ledger_append_v1.
create function ledger_append_one_v1(
    p_scope text, p_division text, p_actor text, p_correlation text,
    p_route text, p_key text, p_request bytea, p_response bytea,
    p_stream text, p_version integer, p_event text, p_kind text, p_schema_version integer,
    p_data text, p_digest bytea, p_occurred_at timestamptz, p_causation text,
    out outcome text, out first_seq bigint, out last_seq bigint, out response bytea
)
-- as in ledger_append_v1: only the stream's own index gives its versions in order
set enable_sort = off
language plpgsql as $$
declare
    v_scope text := set_config('concord.scope', p_scope, true);
    v_seq bigint;
    v_previous bytea;
    v_hash bytea;
    v_at timestamptz;
    v_version integer;
    v_receipt command_receipt;
begin
    loop
        select l.head_seq + 1, l.head_hash, l.head_recorded_at into v_seq, v_previous, v_at
          from ledger l where l.division_code = p_division for no key update;
        exit when found;
        insert into ledger (division_code) values (p_division) on conflict do nothing;
    end loop;
    -- the lock was waited for: only now is the clock later than every earlier event's
    v_at := greatest(v_at, clock_timestamp());

    if p_key is not null then
        select * into v_receipt from command_receipt r
         where r.division_code = p_division and r.actor_ref = p_actor
           and r.route = p_route and r.idempotency_key = p_key;
        if found then
            outcome := case when v_receipt.request_mac = p_request then 'repeated' else 'key-reused' end;
            first_seq := v_receipt.first_seq;
            last_seq := v_receipt.last_seq;
            response := v_receipt.response;
            v_scope := set_config('concord.scope', '', true);
            return;
        end if;
    end if;

    select e.version into v_version from event e
     where e.division_code = p_division and e.stream_id = p_stream
     order by e.version desc limit 1;
    if coalesce(v_version, 0) <> p_version - 1 then
        outcome := 'conflict';
        v_scope := set_config('concord.scope', '', true);
        return;
    end if;

    v_hash := sha256(v_previous || p_digest || int8send(v_seq)
                     || int8send((extract(epoch from v_at) * 1000000)::bigint));
    with moved as (
        update ledger l set head_seq = v_seq, head_hash = v_hash, head_recorded_at = v_at
         where l.division_code = p_division
    ), kept as (
        insert into command_receipt (division_code, actor_ref, route, idempotency_key, request_mac,
                                     response, first_seq, last_seq, recorded_at)
        select p_division, p_actor, p_route, p_key, p_request, p_response, v_seq, v_seq, v_at
         where p_key is not null
    )
    insert into event (division_code, seq, stream_id, version, event_id, kind, schema_version,
                       data, actor_ref, correlation_id, causation_id, occurred_at, recorded_at,
                       digest, previous_hash, hash)
    values (p_division, v_seq, p_stream, p_version, p_event, p_kind, p_schema_version,
            p_data, nullif(p_actor, ''), p_correlation, p_causation, p_occurred_at, v_at,
            p_digest, v_previous, v_hash);
    outcome := 'appended';
    first_seq := v_seq;
    last_seq := v_seq;
    response := p_response;
end $$;
select concord_allow('ledger_append_one_v1(text,text,text,text,text,text,bytea,bytea,text,integer,text,text,integer,text,bytea,timestamptz,text)');
