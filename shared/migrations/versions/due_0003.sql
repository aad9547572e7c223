-- Lease the ledger whose oldest row is due longest, and give its rows that are due, soonest first.
-- `p_now` is the moment that decides; without it the database's clock does. A lease or a pause that
-- ends later than any that could begin now was made by a clock that ran ahead, and counts no more.
-- A row that is settled is not leased, whatever its state says: due_settle_v1 would leave it as it
-- is, and it would be leased for ever.
create function due_lease_v3(
    p_scope text, p_kind text, p_holder text, p_now timestamptz, p_lease interval, p_rows integer
)
returns table (division_code text, key text, due_at timestamptz, payload text,
               correlation_id text, causation_id text, tries integer)
-- as in due_lease_v1: only the index of waiting rows gives them in order
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
              and r.settled_at is null
            order by r.due_at limit 1) oldest
     where l.kind = p_kind
       and (l.leased_until <= v_now or l.leased_until > v_now + p_lease + interval '5 minutes')
       and (l.resumes_at <= v_now or l.resumes_at > v_now + interval '1 day')
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
           and r.settled_at is null and r.due_at <= v_now
         order by r.due_at, r.key
         limit p_rows;
end $$;
select concord_allow('due_lease_v3(text,text,text,timestamptz,interval,integer)');
