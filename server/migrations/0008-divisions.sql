-- A class is parted anew for each division («подгруппы по английскому», «по информатике»), and the parts are called
-- the same: the division tells them apart, so that a journal's heading need not say its subject twice.
alter table study_group
  add column division text not null default '' check (length(division) <= 120),
  drop constraint study_group_organization_id_intake_id_kind_name_key,
  add constraint one_name_in_a_division unique (organization_id, intake_id, kind, name, division);
