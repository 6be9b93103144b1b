-- Restricted files are kept from every role that only reads, but for the designated officer's. Leave this out where the
-- engine has no policies for rows; then keep restricted files out of this database: they stay sealed.
SET search_path = sharewell;

ALTER TABLE entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE papers ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;

CREATE POLICY open_cases ON cases FOR SELECT TO sharewell_reader USING (NOT restricted);
CREATE POLICY open_entries ON entries FOR SELECT TO sharewell_reader
  USING (case_id IS NULL OR EXISTS (SELECT 1 FROM cases WHERE cases.case_id = entries.case_id AND NOT restricted));
CREATE POLICY open_papers ON papers FOR SELECT TO sharewell_reader
  USING (case_id IS NULL OR EXISTS (SELECT 1 FROM cases WHERE cases.case_id = papers.case_id AND NOT restricted));

CREATE POLICY all_cases ON cases FOR SELECT TO sharewell_officer, sharewell_disposal USING (true);
CREATE POLICY all_entries ON entries FOR SELECT TO sharewell_officer, sharewell_disposal USING (true);
CREATE POLICY all_papers ON papers FOR SELECT TO sharewell_officer, sharewell_disposal USING (true);
CREATE POLICY disposed_entries ON entries FOR UPDATE TO sharewell_disposal USING (true) WITH CHECK (stored IS NULL);
CREATE POLICY disposed_papers ON papers FOR DELETE TO sharewell_disposal USING (true);

CREATE POLICY intake_cases ON cases TO sharewell_intake USING (true) WITH CHECK (true);
CREATE POLICY intake_entries ON entries TO sharewell_intake USING (true) WITH CHECK (true);
CREATE POLICY intake_papers ON papers TO sharewell_intake USING (true) WITH CHECK (true);
