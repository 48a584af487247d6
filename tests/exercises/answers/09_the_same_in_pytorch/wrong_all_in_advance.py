# loses 09-dataset-tests: converts everything at the start
# told: you convert all pictures at once

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures = torch.tensor(pictures).permute(0, 3, 1, 2).float() / 255
        self.labels = torch.tensor(labels)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return self.pictures[i], self.labels[i]

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
