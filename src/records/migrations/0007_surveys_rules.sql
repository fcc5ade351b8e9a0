ALTER TABLE "survey_responses" ADD CONSTRAINT "survey_responses_values" CHECK (
  1 <= all (values) is not false and 4 >= all (values) is not false
  and whole = (array_position(values, null) is null)
  and cardinality(values) = cardinality(made_by)
  and extract(day from month) = 1
);--> statement-breakpoint
-- A value without what made it, or made by something though there is none, is no value.
CREATE FUNCTION survey_values_are_made() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if exists (select 1 from unnest(new.values, new.made_by) as v(value, made) where (value is null) <> (made is null)) then
    raise exception 'a survey value needs exactly one message that made it' using errcode = 'check_violation';
  end if;
  if (select count(made) <> count(distinct made) from unnest(new.made_by) as made) then
    raise exception 'one message cannot make two survey values' using errcode = 'check_violation';
  end if;
  return new;
end $$;--> statement-breakpoint
CREATE TRIGGER survey_responses_are_made BEFORE INSERT ON "survey_responses"
  FOR EACH ROW EXECUTE FUNCTION survey_values_are_made();--> statement-breakpoint
-- Looked at when the transaction ends: a row may be put in anew, so that the order of rows tells nothing, but it must be there again and
-- be just what it was. After five years it may go.
CREATE FUNCTION survey_responses_stay() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if old.month < current_date - interval '5 years' then return null; end if;
  if exists (select 1 from survey_responses r where r.id = old.id and row(r.*) is not distinct from row(old.*)) then return null; end if;
  raise exception 'survey responses are only ever added' using errcode = 'restrict_violation';
end $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER survey_responses_stay AFTER UPDATE OR DELETE ON "survey_responses"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION survey_responses_stay();--> statement-breakpoint
CREATE FUNCTION survey_never() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
end $$;--> statement-breakpoint
CREATE TRIGGER survey_responses_whole BEFORE TRUNCATE ON "survey_responses" EXECUTE FUNCTION survey_never();--> statement-breakpoint
CREATE TRIGGER survey_figures_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON "survey_figures" EXECUTE FUNCTION survey_never();--> statement-breakpoint
CREATE TRIGGER survey_versions_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON "survey_versions" EXECUTE FUNCTION survey_never();
