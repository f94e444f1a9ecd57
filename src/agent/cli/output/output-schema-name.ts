/** The name and version of the JSON output. The version rises when a consumer could break. */
export const OUTPUT_SCHEMA = "azukeru-agent/1";
