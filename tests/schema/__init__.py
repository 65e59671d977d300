"""Whatever is given becomes a document that fits the schema, or a named error."""
