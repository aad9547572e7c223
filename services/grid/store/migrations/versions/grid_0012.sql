-- What a rule of early warnings knows of a subject: a row a rule and subject, of bounded size.
create table rule_state (
    division_code text collate "C" not null,
    rule          text collate "C" not null,
    subject       text collate "C" not null,
    facts         text not null,
    counted       integer not null,
    because       text[] not null,
    asked         text collate "C",
    episode       integer not null default 0,
    warning_id    text collate "C",
    quiet_until   timestamptz,
    primary key (division_code, rule, subject)
) with (fillfactor = 70);

select concord_protect('rule_state', 'select, insert, update');

-- The rows of these subjects, locked until the transaction ends. Whoever may put a row that is not
-- there yet holds the lock of its ledger, so that no two transactions put the same one.
create function rule_state_lock_v1(divisions text[], rules text[], subjects text[])
returns setof rule_state
language plpgsql
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('rule_state/' || ledger.name, 0))
    from (select distinct unnest(divisions) as name order by 1) as ledger;
    return query
    select s.*
    from unnest(divisions, rules, subjects) as asked_for (division_code, rule, subject)
    join rule_state s using (division_code, rule, subject)
    order by s.division_code, s.rule, s.subject
    for update of s;
end
$$;

select concord_allow('rule_state_lock_v1(text[], text[], text[])');
