-- Lists of classes, groups and subjects stand as people count them, in every query by the same column: classes with
-- their subgroups first, then clubs and corrective groups; «1 доп.», «2», «5А», «10А». People stand by `name_key`.
alter table study_group add sort_key text collate "C" not null
  generated always as (case when kind in ('class', 'subgroup') then '0 ' else '1 ' end || natural_key(name)) stored;
alter table subject add sort_key text collate "C" not null
  generated always as (natural_key(name)) stored;

select secure_tables();
