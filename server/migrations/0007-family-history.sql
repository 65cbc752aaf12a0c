-- A bare read in a family's transaction finds no other child in history either, nor anybody else's account or acts.
create policy own_children on history as restrictive for select using
  ((select visible_children()) is null or (after->>'student_id')::uuid = any ((select visible_children())::uuid[]));
create policy own_acts on audit_event as restrictive for select using
  ((select visible_children()) is null or actor_id = (select current_actor()));
create policy own_account on account as restrictive using
  ((select visible_children()) is null or person_id = (select current_actor()));
