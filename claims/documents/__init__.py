"""Documents as files: .txt, .md, .docx and .pdf read into passages and tables, within bounds."""
