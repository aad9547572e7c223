create table ledger (
    division_code    text collate "C" primary key,
    head_seq         bigint not null default 0,
    head_hash        bytea not null default decode(repeat('00', 32), 'hex'),
    head_recorded_at timestamptz not null default '-infinity'
) with (fillfactor = 50);

-- The relay's own row: it never waits for an append, nor an append for it.
create table relayed (
    division_code text collate "C" primary key,
    seq           bigint not null default 0,
    topic_id      text
) with (fillfactor = 50);

create table event (
    division_code  text collate "C" not null,
    seq            bigint not null,
    stream_id      text collate "C" not null,
    version        integer not null,
    event_id       text collate "C" not null,
    kind           text collate "C" not null,
    schema_version integer not null,
    data           text not null,
    actor_ref      text,
    correlation_id text,
    causation_id   text,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    digest         bytea not null,
    previous_hash  bytea not null,
    hash           bytea not null,
    primary key (division_code, seq),
    unique (division_code, stream_id, version),
    unique (division_code, event_id)
);

-- Answers of commands that came with an idempotency key; request and response are the caller's
-- secrets, so the one is kept as a keyed digest and the other encrypted.
create table command_receipt (
    division_code   text collate "C" not null,
    actor_ref       text collate "C" not null,
    route           text collate "C" not null,
    idempotency_key text collate "C" not null,
    request_mac     bytea not null,
    response        bytea not null,
    first_seq       bigint,
    last_seq        bigint not null,
    recorded_at     timestamptz not null,
    primary key (division_code, actor_ref, route, idempotency_key)
);

select concord_protect('ledger', 'select, insert, update');
select concord_protect('relayed', 'select, insert, update');
select concord_protect('event', 'select, insert');
select concord_protect('command_receipt', 'select, insert');

-- Append events of one or many streams to one ledger: gap-free, chained, in one round trip.
-- What may go differently than wished is an outcome, not an error: appended, repeated (the
-- receipt's answer is given again), key-reused, conflict (a stream has moved on). After any but
-- `appended` the scope is emptied, so that statements sent behind this one in the same
-- transaction cannot write: their rows fail the policy and the transaction rolls back.
--
-- `p_events` is a JSON array of objects with the columns named below, `data` as text and `digest`
-- in hex: one parameter is far cheaper for a driver to send than an array a column.
create function ledger_append_v1(
    p_scope text, p_division text, p_actor text, p_correlation text,
    p_route text, p_key text, p_request bytea, p_response bytea, p_position bigint,
    p_events json,
    out outcome text, out first_seq bigint, out last_seq bigint, out response bytea
)
-- Until a table is first analysed, all its indexes look the same to the planner, and a stream was
-- looked for in the whole ledger. Only the stream's own index gives its versions in order.
set enable_sort = off
language plpgsql as $$
declare
    v_count integer := json_array_length(p_events);
    v_head bigint;
    v_hash bytea;
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
        select l.head_seq, l.head_hash, greatest(clock_timestamp(), l.head_recorded_at)
          into v_head, v_hash, v_at
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
            perform set_config('concord.scope', '', true);
            return;
        end if;
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
select concord_allow('ledger_append_v1(text,text,text,text,text,text,bytea,bytea,bigint,json)');

-- One stream, oldest first, in one round trip and within the caller's scope.
create function ledger_stream_v1(p_scope text, p_division text, p_stream text)
returns setof event set enable_sort = off language plpgsql as $$
begin
    perform set_config('concord.scope', p_scope, true);
    return query select * from event e
     where e.division_code = p_division and e.stream_id = p_stream order by e.version;
end $$;
select concord_allow('ledger_stream_v1(text,text,text)');
