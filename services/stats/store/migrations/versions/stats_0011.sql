-- Of which unit a case or a dispute complains: its evidence, and that of warnings about its
-- matter, is kept from that unit. Steps and facts of before lack it until the views are rebuilt
-- (`concord rebuild cases`, `mediations` and `grids`).
alter table case_step
    add column complained          text collate "C",
    add column complained_division text collate "C",
    add column home_division       text collate "C",
    add column matter_id           text collate "C";
alter table case_fact
    add column complained          text collate "C",
    add column complained_division text collate "C",
    add column home_division       text collate "C",
    add column matter_id           text collate "C";
alter table mediation_step
    add column complained          text collate "C",
    add column complained_division text collate "C",
    add column matter_id           text collate "C";
alter table mediation_fact
    add column complained          text collate "C",
    add column complained_division text collate "C",
    add column matter_id           text collate "C";
alter table report_step add column matter_id text collate "C";
alter table report_fact add column matter_id text collate "C";
alter table warning_step add column matter_id text collate "C";
alter table warning_fact add column matter_id text collate "C";
create index case_fact_complaints on case_fact (division_code, matter_id)
where complained is not null;
create index mediation_fact_complaints on mediation_fact (division_code, matter_id)
where complained is not null;
create index report_fact_complaints on report_fact (division_code, matter_id)
where about_unit is not null;
