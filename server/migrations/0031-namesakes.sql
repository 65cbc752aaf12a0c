-- People of one name are looked for wherever a name is shown.
create index person_by_name_key on person (organization_id, name_key);
select secure_tables();
