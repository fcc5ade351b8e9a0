-- Makes the role that the running program is, with its password, and leaves it nothing but what Balai grants it at its start. As often as
-- you like, as a superuser or the owner of the database with CREATEROLE, in the database of Balai (docs/going-live.md):
--   PGOPTIONS="-c balai.program=balai_program -c balai.program_password=LETTERSANDDIGITS" psql --dbname=balai --file=deploy/roles.sql
do $$
declare
  program text := current_setting('balai.program');
begin
  if not exists (select from pg_roles where rolname = program) then
    execute format('create role %I', program);
  end if;
  execute format('alter role %I login password %L', program, current_setting('balai.program_password'));
  execute format('revoke temporary on database %I from public', current_database());
  revoke create on schema public from public;
end $$;
