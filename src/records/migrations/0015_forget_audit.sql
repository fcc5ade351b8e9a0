-- The program may add to the audit log and read it. What its time of keeping is over for it has taken away here, and of what the last year
-- brought, the least any office keeps, nothing goes: by our own clock, with a day for clocks that differ. What a wrong clock dated into
-- the future holds up nothing. Only the owner of the tables, who may do as he likes anyway, is not held to that.
CREATE FUNCTION forget_audit(of_office text, up_to bigint) RETURNS SETOF timestamptz
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF session_user <> current_user AND EXISTS (
    SELECT 1 FROM public.audit_log
    WHERE office = of_office AND number <= up_to AND at BETWEEN now() - interval '364 days' AND now()
  ) THEN
    RAISE EXCEPTION 'entries of the audit log are kept for a year at least' USING errcode = 'insufficient_privilege';
  END IF;
  PERFORM set_config('balai.forgets_audit', 'yes', true);
  RETURN QUERY DELETE FROM public.audit_log WHERE office = of_office AND number <= up_to RETURNING at;
  PERFORM set_config('balai.forgets_audit', '', true);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION forget_audit(text, bigint) FROM PUBLIC;
