-- What falls due: a row waits until its time, then becomes a command once, under a key made of the
-- row. Rows are never deleted: a settled one says what came of it, and the same row put again by an
-- event that is read again changes nothing.
create table due_row (
    division_code  text collate "C" not null,
    kind           text collate "C" not null,
    key            text collate "C" not null,
    due_at         timestamptz not null,
    payload        text not null,
    correlation_id text,
    causation_id   text,
    -- waiting, done, refused (by a rule), parked (tried too often), cancelled
    state          text collate "C" not null default 'waiting',
    tries          integer not null default 0,
    problem        text,
    settled_at     timestamptz,
    primary key (division_code, kind, key)
);
create index due_row_waiting on due_row (division_code, kind, due_at, key) where state = 'waiting';
create index due_row_in_trouble on due_row (division_code, kind, due_at)
    where state in ('refused', 'parked');

-- The lease covers all rows of a kind in one ledger, so that they are worked on in order by one
-- process at a time. A holder that was killed is followed by another when the lease has run out.
create table due_lease (
    division_code text collate "C" not null,
    kind          text collate "C" not null,
    holder        text collate "C",
    leased_until  timestamptz not null default '-infinity',
    resumes_at    timestamptz not null default '-infinity',
    primary key (division_code, kind)
) with (fillfactor = 50);

select concord_protect('due_row', 'select, insert, update');
select concord_protect('due_lease', 'select, insert, update');

-- Lease the ledger whose oldest row is due longest, and give its rows that are due, soonest first.
-- `p_now` is the moment that decides; without it the database's clock does.
create function due_lease_v1(
    p_scope text, p_kind text, p_holder text, p_now timestamptz, p_lease interval, p_rows integer
)
returns table (division_code text, key text, due_at timestamptz, payload text,
               correlation_id text, causation_id text, tries integer)
-- Until a table is first analysed, all its indexes look the same to the planner. Only the index of
-- waiting rows gives them in order.
set enable_sort = off
language plpgsql as $$
declare
    v_now timestamptz := coalesce(p_now, clock_timestamp());
    v_division text;
begin
    perform set_config('concord.scope', p_scope, true);
    select l.division_code into v_division
      from due_lease l
      cross join lateral (
           select r.due_at from due_row r
            where r.division_code = l.division_code and r.kind = l.kind and r.state = 'waiting'
            order by r.due_at limit 1) oldest
     where l.kind = p_kind and l.leased_until <= v_now and l.resumes_at <= v_now
       and oldest.due_at <= v_now
     order by oldest.due_at, l.division_code
     limit 1
       for update of l skip locked;
    if not found then
        return;
    end if;
    update due_lease l set holder = p_holder, leased_until = v_now + p_lease
     where l.division_code = v_division and l.kind = p_kind;
    return query
        select r.division_code, r.key, r.due_at, r.payload, r.correlation_id, r.causation_id,
               r.tries
          from due_row r
         where r.division_code = v_division and r.kind = p_kind and r.state = 'waiting'
           and r.due_at <= v_now
         order by r.due_at, r.key
         limit p_rows;
end $$;
select concord_allow('due_lease_v1(text,text,text,timestamptz,interval,integer)');

-- Write what came of leased rows, and end the lease if it is still the holder's. A row that was
-- moved or cancelled meanwhile stays as it is now: what was done was done for its earlier time.
-- A new state of 'waiting' puts the row off to `p_due_at`, or only counts a try where that is null.
create function due_settle_v1(
    p_scope text, p_division text, p_kind text, p_holder text, p_now timestamptz,
    p_pause interval,
    p_keys text[], p_leased_at timestamptz[], p_states text[], p_due_at timestamptz[],
    p_tries integer[], p_problems text[]
)
returns integer
-- For the same reason: the rows are found by their keys, and a backlog of waiting ones is not read.
-- That is why the update asks for settled_at, which is null for waiting rows and no others.
set enable_nestloop = off
language plpgsql as $$
declare
    v_now timestamptz := coalesce(p_now, clock_timestamp());
    v_count integer;
begin
    perform set_config('concord.scope', p_scope, true);
    update due_row r
       set state = s.state, due_at = coalesce(s.due_at, r.due_at), tries = s.tries,
           problem = s.problem, settled_at = case when s.state <> 'waiting' then v_now end
      from unnest(p_keys, p_leased_at, p_states, p_due_at, p_tries, p_problems)
           as s (key, leased_at, state, due_at, tries, problem)
     where r.division_code = p_division and r.kind = p_kind and r.key = any(p_keys)
       and r.key = s.key and r.due_at = s.leased_at and r.settled_at is null;
    get diagnostics v_count = row_count;
    update due_lease l
       set holder = null, leased_until = '-infinity',
           resumes_at = case when p_pause > interval '0' then v_now + p_pause
                             else '-infinity'::timestamptz end
     where l.division_code = p_division and l.kind = p_kind and l.holder = p_holder;
    return v_count;
end $$;
select concord_allow('due_settle_v1(text,text,text,text,timestamptz,interval,text[],timestamptz[],text[],timestamptz[],integer[],text[])');
