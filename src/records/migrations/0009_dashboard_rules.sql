-- The audit log is only ever added to. What its time of keeping is over for goes through `forget_audit` alone.
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('balai.forgets_audit', true) = 'yes' AND tg_op = 'DELETE' THEN RETURN old; END IF;
  RAISE EXCEPTION 'the audit log is never changed';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
--> statement-breakpoint
CREATE TRIGGER audit_log_whole BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
--> statement-breakpoint
-- The work list: what is open at a desk, by what is due first, without walking what was closed in years; and how many they are,
-- without looking at each.
CREATE INDEX tickets_worked ON tickets (office, desk, (least(answer_due, resolve_due)), id)
  INCLUDE (status, taken_by, answer_due, resolve_due)
  WHERE status IN ('received', 'verifying', 'forwarded', 'in_progress', 'waiting_citizen', 'answered');
--> statement-breakpoint
CREATE INDEX tickets_newest ON tickets (office, desk, opened_at DESC, id);
--> statement-breakpoint
CREATE INDEX tickets_changed ON tickets (updated_at);
--> statement-breakpoint
ALTER TABLE ticket_search ADD FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE open311_requests ADD FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE tickets_elsewhere ADD FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE;
--> statement-breakpoint
-- Nothing of a ticket is found by its words once its key was destroyed, or once it is restricted, whichever way that came about.
CREATE FUNCTION forget_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM ticket_search WHERE ticket_id = new.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER tickets_unsearched AFTER UPDATE OF wrapped_key, restricted ON tickets FOR EACH ROW
  WHEN (new.wrapped_key IS NULL OR new.restricted) EXECUTE FUNCTION forget_search();
