DROP TABLE api_key_digest;
DROP TABLE api_key;
DROP TABLE rate_use;
