"""Many stories: a feed in rows is gathered into stories, and each is checked, in shards that survive a kill."""
