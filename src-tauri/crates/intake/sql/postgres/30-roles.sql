-- Roles with no more than each needs. None can log in: grant them to the logins that you make.
--   sharewell_intake    takes files in; changes and removes no entry
--   sharewell_reader    reads what was taken in
--   sharewell_officer   reads restricted files too (40-row-security.sql)
--   sharewell_disposal  removes content by retention, and logs it
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['sharewell_intake', 'sharewell_reader', 'sharewell_officer', 'sharewell_disposal'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    END IF;
  END LOOP;
END $$;
SET search_path = sharewell;
REVOKE ALL ON SCHEMA sharewell FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA sharewell FROM PUBLIC;
GRANT USAGE ON SCHEMA sharewell TO sharewell_intake, sharewell_reader, sharewell_officer, sharewell_disposal;

GRANT SELECT, INSERT ON files, kept, origins, checkpoints, seen, cases, papers, entries TO sharewell_intake;
GRANT UPDATE ON files, origins TO sharewell_intake;
GRANT DELETE ON kept TO sharewell_intake;
GRANT SELECT ON disposals TO sharewell_intake;
GRANT UPDATE (told_in) ON disposals TO sharewell_intake;

GRANT SELECT ON files, cases, papers, entries TO sharewell_reader, sharewell_officer;

GRANT SELECT ON files, cases, papers, entries, seen, disposals TO sharewell_disposal;
GRANT INSERT ON disposals TO sharewell_disposal;
GRANT UPDATE (salt, stored) ON entries TO sharewell_disposal;
GRANT DELETE ON papers TO sharewell_disposal;
