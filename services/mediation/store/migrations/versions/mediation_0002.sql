-- A paper that is filled in again in the words of an earlier one takes the last place again: that
-- and nothing else of a paper's row may change.
do $$
begin
    execute format('grant update (place) on mediation_paper to %I', current_setting('concord.role'));
end $$;
