-- Row-level security by division, in the form of a range that an index on division_code serves.
-- A scope is a county (6 digits) or a township (9); none, or an empty one, sees nothing.
-- `concord.role` names the service's role: it owns nothing and is granted only what is listed.
create function concord_protect(p_table regclass, p_privileges text) returns void
language plpgsql as $$
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('alter table %s force row level security', p_table);
    execute format($policy$
        create policy within_scope on %s
        using (division_code >= nullif(current_setting('concord.scope', true), '')
               and division_code < nullif(current_setting('concord.scope', true), '') || ':')
    $policy$, p_table);
    execute format('grant %s on %s to %I', p_privileges, p_table, current_setting('concord.role'));
end $$;

create function concord_allow(p_function regprocedure) returns void
language plpgsql as $$
begin
    execute format('revoke all on function %s from public', p_function);
    execute format('grant execute on function %s to %I', p_function, current_setting('concord.role'));
end $$;
