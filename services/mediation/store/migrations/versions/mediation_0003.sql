-- A paper that was taken back stands in no list and no file any more, until it is filled in again.
alter table mediation_paper add column voided boolean not null default false;
do $$
begin
    execute format('grant update (voided) on mediation_paper to %I', current_setting('concord.role'));
end $$;
