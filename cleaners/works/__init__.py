"""Works that a page cites, as CSL-JSON: from COinS, from the data of templates, from plain words; short notes."""
