-- Where a ledger's clock was corrected, steps before it lose the times that never were: of a step
-- nothing else may change.
do $$
declare
    v_table text;
begin
    foreach v_table in array array['case_step', 'mediation_step', 'mediator_step'] loop
        execute format('grant update (recorded_at) on %I to %I', v_table, current_setting('concord.role'));
    end loop;
end $$;
