# loses 09-dataset-tests: converts everything for each item
# told: you convert all pictures at once

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        x = torch.tensor(self.pictures).permute(0, 3, 1, 2) / 255
        return x[i], int(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
