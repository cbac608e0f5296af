package bot

// Opinions are what can be answered to a question about the service.
func Opinions() []string { return []string{"yes", "some", "no"} }
