"""Who calls: the application and the person that identity's access tokens prove."""
