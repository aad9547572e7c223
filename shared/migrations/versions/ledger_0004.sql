-- The appends of version 1, bounded by a second clock: `p_now` is what the calling process takes for
-- the time, by time since the machine's start. Where the database's clock is more than five minutes
-- from it, nothing is written (clocks-apart): what a wrong clock stamped could not be taken back, and
-- every later event of the ledger would bear at least that time.
create function ledger_append_v2(
    p_scope text, p_division text, p_actor text, p_correlation text,
    p_route text, p_key text, p_request bytea, p_response bytea, p_now timestamptz,
    p_position bigint, p_events json,
    out outcome text, out first_seq bigint, out last_seq bigint, out response bytea
)
-- as in ledger_append_v1: only the stream's own index gives its versions in order
set enable_sort = off
language plpgsql as $$
declare
    v_count integer := json_array_length(p_events);
    v_head bigint;
    v_hash bytea;
    v_clock timestamptz;
    v_at timestamptz;
    v_at_bytes bytea;
    v_previous bytea[];
    v_hashes bytea[];
    v_digest bytea;
    v_place integer := 0;
    v_receipt command_receipt;
begin
    perform set_config('concord.scope', p_scope, true);
    loop
        select l.head_seq, l.head_hash, l.head_recorded_at into v_head, v_hash, v_at
          from ledger l where l.division_code = p_division for no key update;
        exit when found;
        insert into ledger (division_code) values (p_division) on conflict do nothing;
    end loop;
    -- the lock was waited for: only now is the clock later than every earlier event's
    v_clock := clock_timestamp();
    v_at := greatest(v_at, v_clock);

    if p_key is not null then
        select * into v_receipt from command_receipt r
         where r.division_code = p_division and r.actor_ref = p_actor
           and r.route = p_route and r.idempotency_key = p_key;
        if found then
            outcome := case when v_receipt.request_mac = p_request then 'repeated' else 'key-reused' end;
            first_seq := v_receipt.first_seq;
            last_seq := v_receipt.last_seq;
            response := v_receipt.response;
            perform set_config('concord.scope', '', true);
            return;
        end if;
    end if;

    if (v_clock between p_now - interval '5 minutes' and p_now + interval '5 minutes') is not true
    then
        outcome := 'clocks-apart';
        perform set_config('concord.scope', '', true);
        return;
    end if;

    perform 1
       from (select w.stream_id, min(w.version) - 1 as expected
               from json_to_recordset(p_events) as w (stream_id text, version integer)
              group by w.stream_id) wanted
      where wanted.expected <> coalesce(
            (select e.version from event e
              where e.division_code = p_division and e.stream_id = wanted.stream_id
              order by e.version desc limit 1), 0);
    if found then
        outcome := 'conflict';
        perform set_config('concord.scope', '', true);
        return;
    end if;

    if v_count > 0 then
        v_at_bytes := int8send((extract(epoch from v_at) * 1000000)::bigint);
        for v_digest in
            select decode(e.digest, 'hex') from json_to_recordset(p_events) as e (digest text)
        loop
            v_place := v_place + 1;
            v_previous[v_place] := v_hash;
            v_hash := sha256(v_hash || v_digest || int8send(v_head + v_place) || v_at_bytes);
            v_hashes[v_place] := v_hash;
        end loop;
        insert into event (division_code, seq, stream_id, version, event_id, kind, schema_version,
                           data, actor_ref, correlation_id, causation_id, occurred_at, recorded_at,
                           digest, previous_hash, hash)
        select p_division, v_head + e.n, e.stream_id, e.version, e.event_id, e.kind,
               e.schema_version, e.data, nullif(p_actor, ''), p_correlation, e.causation_id,
               e.occurred_at, v_at, decode(e.digest, 'hex'), v_previous[e.n], v_hashes[e.n]
          from rows from (json_to_recordset(p_events) as (
                   stream_id text, version integer, event_id text, kind text,
                   schema_version integer, data text, digest text, occurred_at timestamptz,
                   causation_id text))
               with ordinality as e (stream_id, version, event_id, kind, schema_version, data,
                                     digest, occurred_at, causation_id, n);
        update ledger l
           set head_seq = v_head + v_count, head_hash = v_hash, head_recorded_at = v_at
         where l.division_code = p_division;
        first_seq := v_head + 1;
        last_seq := v_head + v_count;
    else
        last_seq := p_position;
    end if;

    if p_key is not null then
        insert into command_receipt (division_code, actor_ref, route, idempotency_key, request_mac,
                                     response, first_seq, last_seq, recorded_at)
        values (p_division, p_actor, p_route, p_key, p_request, p_response, first_seq, last_seq, v_at);
    end if;
    outcome := 'appended';
    response := p_response;
end $$;
select concord_allow('ledger_append_v2(text,text,text,text,text,text,bytea,bytea,timestamptz,bigint,json)');

-- The same for exactly one event, as in ledger_append_one_v1.
create function ledger_append_one_v2(
    p_scope text, p_division text, p_actor text, p_correlation text,
    p_route text, p_key text, p_request bytea, p_response bytea, p_now timestamptz,
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
    v_clock timestamptz;
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
    v_clock := clock_timestamp();
    -- this one event says that the times before it were wrong, and is where they start again
    v_at := case when p_kind = 'ledger-clock-corrected' then v_clock else greatest(v_at, v_clock) end;

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

    if (v_clock between p_now - interval '5 minutes' and p_now + interval '5 minutes') is not true
    then
        outcome := 'clocks-apart';
        v_scope := set_config('concord.scope', '', true);
        return;
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
select concord_allow('ledger_append_one_v2(text,text,text,text,text,text,bytea,bytea,timestamptz,text,integer,text,text,integer,text,bytea,timestamptz,text)');

-- A ledger's time starts lower at a ledger-clock-corrected event and nowhere else, whoever writes.
create function ledger_time_v1() returns trigger language plpgsql as $$
begin
    perform 1 from event e
      where e.division_code = new.division_code and e.seq = new.head_seq
        and e.seq > old.head_seq and e.kind = 'ledger-clock-corrected';
    if not found then
        raise exception 'the time of ledger % does not run backwards', new.division_code
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
revoke all on function ledger_time_v1() from public;
create trigger ledger_time after update on ledger for each row
    when (new.head_recorded_at < old.head_recorded_at) execute function ledger_time_v1();
